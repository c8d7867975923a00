from django.urls import path

from cordee.toolkit import views

app_name = "toolkit"
urlpatterns = [path("", views.gallery, name="gallery")]
